#!/usr/bin/env bash
# Deploys or updates the whole system: deploy.sh STACK CODE_BUCKET [Parameter=value ...]
#
# Needs the aws command with credentials and a region, and cargo-lambda with zig (`pip install
# cargo-lambda`). CODE_BUCKET is any private bucket of yours in that region; the function's package
# goes through it. Running it again updates what changed and nothing else.
set -euo pipefail
stack=${1:?name of the stack}
code_bucket=${2:?bucket for the package of the function}
shift 2
cd "$(dirname "$0")/.."

echo "== app"
cargo xtask build
echo "== function"
rustup target add aarch64-unknown-linux-gnu
cargo lambda build --release --arm64 --package pingyi-http --bin http
# The server fills the plan's title into the shells of the ballot and of the check of a result, and its own pages use the same style.
mkdir -p target/lambda/http/dist
cp dist/ballot.html dist/verify.html target/lambda/http/dist/

echo "== stack"
aws cloudformation package --template-file infra/template.yaml --s3-bucket "$code_bucket" \
  --s3-prefix "$stack" --output-template-file target/lambda/packaged.yaml >/dev/null
aws cloudformation deploy --stack-name "$stack" --template-file target/lambda/packaged.yaml \
  --capabilities CAPABILITY_IAM CAPABILITY_AUTO_EXPAND --no-fail-on-empty-changeset \
  ${1:+--parameter-overrides "$@"}

output() {
  aws cloudformation describe-stacks --stack-name "$stack" --output text \
    --query "Stacks[0].Outputs[?OutputKey=='$1'].OutputValue"
}

echo "== pages"
infra/upload-pages.sh dist "$(output PagesBucket)"
aws cloudfront create-invalidation --distribution-id "$(output SiteId)" --paths / /office '/office/*' >/dev/null

echo "the system is at $(output PublicUrl)"
echo "first password of admin: aws secretsmanager get-secret-value --secret-id $(output AdminPasswordSecret) --query SecretString --output text"
