"""The tests of the deployable stack: `python3 tests/stack [template] [store] [local] [tables] [openapi] [lambda]`.

Without names all six run, in this order. Needs Python 3.9 or newer and cargo; makes itself an
environment under target/ with the pinned packages. Prints a line of counts for each step and ends
with 1 if any check failed."""

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
HOME = ROOT / "target" / "stack-tests"
STEPS = ("template", "store", "local", "tables", "openapi", "lambda")


def environment():
    """The environment's Python, made or renewed when the requirements changed."""
    python = HOME / "bin" / "python"
    wanted = [HERE / "requirements.txt", HERE / "requirements-lambda.txt"]
    stamp = hashlib.sha256(b"".join(path.read_bytes() for path in wanted)).hexdigest()
    mark = HOME / "made-from"
    if python.exists() and mark.exists() and mark.read_text() == stamp:
        return python
    shutil.rmtree(HOME, ignore_errors=True)
    print("making the Python environment of the stack's tests in", HOME.relative_to(ROOT), flush=True)
    make(HOME)
    pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-warn-script-location"]
    subprocess.run([*pip, "--requirement", wanted[0]], check=True)
    subprocess.run([*pip, "--no-deps", "--requirement", wanted[1]], check=True)
    mark.write_text(stamp)
    return python


def make(home):
    """A virtual environment. Debian keeps what venv needs in a package of its own."""
    try:
        venv.create(home, with_pip=True)
        return
    except subprocess.CalledProcessError:
        shutil.rmtree(home, ignore_errors=True)
    if shutil.which("apt-get") and os.geteuid() == 0:
        subprocess.run(["apt-get", "update", "-qq"], check=False)
        subprocess.run(["apt-get", "install", "-y", "-qq", "python3-venv"], check=True)
        # A new process: the missing module may have been looked for already.
        subprocess.run([sys.executable, "-m", "venv", home], check=True)
        return
    sys.exit("python3 has no ensurepip: install your system's package for it (Debian: apt-get install python3-venv)")


def main():
    names = sys.argv[1:]
    if any(name not in STEPS for name in names):
        sys.exit(f"steps are: {', '.join(STEPS)}")
    python = environment()
    failed = []
    for step in [step for step in STEPS if not names or step in names]:
        print(f"\n-- stack: {step}", flush=True)
        if subprocess.run([python, HERE / f"{step}_step.py"], cwd=ROOT).returncode != 0:
            failed.append(step)
    if failed:
        sys.exit(f"stack tests failed: {', '.join(failed)}")


if __name__ == "__main__":
    main()
