#!/usr/bin/env python3
"""The same work in the Python packages that people use today, on the data file that `speed` reads.

    python peers.py DATA [TASK...]

prints {"task": {"peer": median milliseconds}}. One thread. A peer too slow for eight seconds runs on fewer
samples and is scaled up. NumPy is written as well as we know how: its best form sorts whole-number keys
that hold the score and the unit. Each peer's answer is first compared with exact whole-number arithmetic.

`cargo xtask bench sensitivity` installs what it needs:
    numpy==2.4.6 scipy==1.17.1 pandas==2.3.3 numba==0.68.1 pymcdm==1.4.0 pysensmcda==2.0.0
"""
import json
import os
import sys
import time

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS"):
    os.environ[name] = "1"
os.environ.setdefault("MPLBACKEND", "Agg")

import numpy as np  # noqa: E402

words = np.array(open(sys.argv[1], encoding="ascii").read().split(), dtype=np.int64)
wanted = sys.argv[2:]
n, m, groups, options, ballots = words[:5].tolist()
rest = words[5:]


def take(*shape):
    global rest
    size = int(np.prod(shape))
    part, rest = rest[:size], rest[size:]
    return part.reshape(shape)


weights = take(m)
scores = take(n, m)
values = take(options).astype(float)
group_weights = take(groups).astype(float)
tallies = take(n, groups, options)

X = scores / 100.0
w0 = weights / weights.sum()
Q = 1 << 24
BITS = int(n - 1).bit_length()
PACK = 1 << BITS
AR, INDEX = np.arange(n), np.arange(n, dtype=float)
XT = np.ascontiguousarray(X.T)
XK = np.ascontiguousarray(-float(PACK) * scores.T)
random = np.random.default_rng(20240607)
results = {}


def bench(task, peer, work, size, right=None):
    """`work(k)` does k samples; `right()` says whether the peer's answers are the exact ones."""
    if wanted and task not in wanted:
        return
    try:
        probe = min(size, 50)
        work(probe)
        begun = time.perf_counter()
        work(probe)
        each = (time.perf_counter() - begun) / probe
        k = size if size == 1 else max(probe, min(size, int(8 / 6 / each)))
        work(k)
        times = []
        for _ in range(5 if size > 1 else 51):
            begun = time.perf_counter()
            work(k)
            times.append(time.perf_counter() - begun)
            if sum(times) > 8:
                break
        if right is not None and not right():
            peer += " (WRONG)"
        results.setdefault(task, {})[peer] = round(float(np.median(times)) * 1e3 * size / k, 5)
    except Exception as error:  # a peer that cannot do the task is named, not fatal
        print(f"peers.py: {task}/{peer}: {error}", file=sys.stderr)


def load(name):
    try:
        return __import__(name, fromlist=["x"])
    except Exception as error:
        print(f"peers.py: no {name}: {error}", file=sys.stderr)
        return None


def draw(k):
    """k weight vectors uniform on the simplex, whole numbers that sum to 2^24."""
    cuts = np.empty((k, m + 1))
    cuts[:, 0], cuts[:, m] = 0.0, float(Q)
    cuts[:, 1:m] = np.sort(random.integers(0, Q + 1, (k, m - 1)), axis=1)
    return np.diff(cuts, axis=1)


def counted(orders):
    return np.bincount((orders * n + AR).ravel(), minlength=n * n).reshape(n, n)


def plain(W):
    orders = np.argsort(-(W @ XT), axis=1)
    ranks = np.argsort(orders, axis=1)
    return np.stack([np.bincount(ranks[:, unit], minlength=n) for unit in range(n)])


def packed_orders(W):
    keys = W @ XK
    keys += INDEX
    keys.sort(axis=1)
    return keys.astype(np.int64) & (PACK - 1)


def packed(W, chunk=1024):
    counts = np.zeros(n * n, np.int64)
    for start in range(0, len(W), chunk):
        orders = packed_orders(W[start:start + chunk])
        orders *= n
        orders += AR
        counts += np.bincount(orders.ravel(), minlength=n * n)
    return counts.reshape(n, n)


check = draw(200)
exact = np.zeros((n, n), np.int64)
for row in np.rint(check).astype(np.int64):
    exact[np.lexsort((AR, -(scores @ row))), AR] += 1

bench("smaa", "plain NumPy", lambda k: plain(random.dirichlet(np.ones(m), k)), 10_000)
bench("smaa", "NumPy, argsort and bincount", lambda k: counted(np.argsort(-(random.dirichlet(np.ones(m), k) @ XT), axis=1)), 10_000)
bench("smaa", "best NumPy", lambda k: packed(draw(k)), 10_000, lambda: np.array_equal(packed(check), exact))

numba = load("numba")
if numba:
    @numba.njit(cache=False, fastmath=False)
    def count_in_numba(W, keys_of, counts, mask):
        key = np.empty(n)
        for s in range(W.shape[0]):
            for i in range(n):
                key[i] = i
            for j in range(m):
                x = W[s, j]
                for i in range(n):
                    key[i] += x * keys_of[j, i]
            for i in range(n):
                k, c = key[i], 0
                for q in range(n):
                    c += key[q] < k
                counts[i, c] += 1

    @numba.njit(cache=False)
    def duels_in_numba(S, P):
        A, up, down = np.empty(m + 1), np.empty(m), np.empty(m)
        for i in range(n):
            for k in range(i + 1, n):
                ups, downs = 0, 0
                for j in range(m):
                    d = S[i, j] - S[k, j]
                    if d > 0:
                        up[ups] = d
                        ups += 1
                    elif d < 0:
                        down[downs] = -d
                        downs += 1
                if ups == 0 and downs == 0:
                    P[i, k], P[k, i] = 1.0, 0.0
                    continue
                A[0] = 0.0
                for q in range(1, downs + 1):
                    A[q] = 1.0
                for h in range(ups):
                    for q in range(1, downs + 1):
                        A[q] = (up[h] * A[q - 1] + down[q - 1] * A[q]) / (up[h] + down[q - 1])
                P[i, k], P[k, i] = 1.0 - A[downs], A[downs]

    def numba_counts(W):
        counts = np.zeros((n, n), np.int64)
        count_in_numba(W, XK, counts, PACK - 1)
        return counts

    bench("smaa", "Numba, counting", lambda k: numba_counts(draw(k)), 10_000, lambda: np.array_equal(numba_counts(check), exact))
    P = np.zeros((n, n))
    bench("pairwise", "Numba", lambda k: duels_in_numba(X, P), 1)

kinds = np.ones(m, dtype=int)
sensitivity = load("pysensmcda.smaa")
if sensitivity:
    def simulated(W, k):
        return sensitivity.simulate(lambda M, w, t: M @ w, X, kinds, weights=W, num_samples=k,
                                    store="accumulate", seed=1).rank_acceptability()
    bench("smaa", "pysensmcda", lambda k: simulated(None, k), 10_000,
          lambda: np.array_equal(np.rint(simulated(check / Q, len(check)) * len(check)), exact))

methods = load("pymcdm.methods")
if methods:
    wsm = methods.WSM(normalization_function=lambda x, cost=False: x)

    def one_by_one(k):
        counts = np.zeros((n, n))
        for w in random.dirichlet(np.ones(m), k):
            counts[AR, np.asarray(wsm.rank(wsm(X, w, kinds, validation=False)), dtype=int) - 1] += 1
        return counts
    bench("smaa", "pymcdm", one_by_one, 10_000)
    bench("rank", "pymcdm", lambda k: wsm.rank(wsm(X, w0, kinds, validation=False)), 1)

wq = np.rint(w0 * Q)
bench("rank", "plain NumPy", lambda k: np.argsort(-(X @ w0), kind="stable"), 1)
bench("rank", "best NumPy", lambda k: np.sort(wq @ XK + INDEX).astype(np.int64) & (PACK - 1), 1)

STEPS = 1001
t = np.linspace(0.0, 1.0, STEPS)
scan = np.empty((m, STEPS, m))
for c in range(m):
    scan[c] = (1.0 - t)[:, None] * (w0 / (1.0 - w0[c]))
    scan[c, :, c] = t
scan = scan.reshape(-1, m)
scan_q = np.rint(scan * Q)


def scan_packed(k):
    orders = np.empty((k, n), np.int16)
    for start in range(0, k, 1024):
        orders[start:start + 1024] = packed_orders(scan_q[start:min(start + 1024, k)])
    return orders


bench("oat", "plain NumPy", lambda k: np.argsort(-(scan[:k] @ XT), axis=1), m * STEPS)
bench("oat", "best NumPy", scan_packed, m * STEPS)

first_of, second_of = np.triu_indices(n, 1)


def crossings(_):
    total = 0
    for c in range(m):
        others = (X @ w0 - X[:, c] * w0[c]) / (1.0 - w0[c])
        slopes = X[:, c] - others
        with np.errstate(divide="ignore", invalid="ignore"):
            at = (others[first_of] - others[second_of]) / (slopes[second_of] - slopes[first_of])
        inside = np.flatnonzero((at > 0) & (at < 1))
        total += len(inside[np.argsort(at[inside])])
    return total


bench("oat_x", "best NumPy, floats", crossings, 1)

optimize = load("scipy.optimize") if not wanted or "first" in wanted else None
if optimize:
    def first(k):
        for unit in range(k):
            D = np.delete(X, unit, 0) - X[unit]
            optimize.linprog(np.ones(2 * m), A_ub=np.hstack([D, -D]), b_ub=-D @ w0,
                             A_eq=[np.r_[np.ones(m), -np.ones(m)]], b_eq=[0.0],
                             bounds=[(0, 1 - x) for x in w0] + [(0, x) for x in w0], method="highs")
    bench("first", "SciPy HiGHS", first, n)

chances = tallies / ballots
worth = (values[None, :] * group_weights[:, None] / group_weights.sum() / ballots).ravel()


def resampled(k):
    counts = np.zeros(n * n, np.int64)
    for start in range(0, k, 64):
        batch = min(64, k - start)
        drawn = random.multinomial(ballots, chances, (batch, n, groups))
        orders = np.argsort(-(drawn.reshape(batch, n, groups * options) @ worth), axis=1)
        orders *= n
        orders += AR
        counts += np.bincount(orders.ravel(), minlength=n * n)
    return counts


bench("boot", "NumPy multinomial", resampled, 1_000)
print(json.dumps(results, indent=1))
