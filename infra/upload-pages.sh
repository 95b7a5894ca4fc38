#!/usr/bin/env bash
# Uploads the built app: upload-pages.sh FOLDER BUCKET. The old release's assets stay, since pages that
# are open still ask for them; assets go before the pages that name them.
set -euo pipefail
folder=${1:?folder that the build wrote}
bucket=${2:?bucket, the stack\'s output PagesBucket}

upload() { # pattern, content type, further arguments
  aws s3 cp "$folder" "s3://$bucket/" --recursive --no-progress --exclude '*' --include "$1" --content-type "$2" "${@:3}"
}

unknown=$(find "$folder/assets" -type f ! -name '*.js' ! -name '*.wasm' ! -name '*.css' ! -name '*.js.br' ! -name '*.wasm.br' ! -name '*.css.br')
if [ -n "$unknown" ]; then
  echo "no content type is given here for: $unknown" >&2
  exit 1
fi
forever=(--cache-control 'public, max-age=31536000, immutable')
for kind in js:text/javascript wasm:application/wasm css:text/css; do
  upload "assets/*.${kind%%:*}" "${kind#*:}" "${forever[@]}"
  upload "assets/*.${kind%%:*}.br" "${kind#*:}" "${forever[@]}" --content-encoding br
done
# ballot.html and verify.html are filled in by the server and travel in the function's package.
upload '*.html' 'text/html; charset=utf-8' --cache-control no-cache --exclude ballot.html --exclude verify.html
