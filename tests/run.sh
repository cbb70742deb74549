#!/usr/bin/env bash
# Installs what the tests need (Azurite and a linter from npm, Chromium from the distribution), builds, and runs every test project.
# Arguments go on to `dotnet test`: tests/run.sh --filter FullyQualifiedName~Ranking
# The last line sums up: N passed, N failed, N skipped. Exits non-zero when anything failed.
set -euo pipefail
cd "$(dirname "$0")/.."
export DOTNET_CLI_UI_LANGUAGE=en DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
configuration=${CONFIGURATION:-Release}

need() {
  command -v "$1" >/dev/null || { echo "tests/run.sh: $1 is not installed: $2" >&2; exit 1; }
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo -n "$@"; fi
}

find_chromium() {
  for name in "${CHROMIUM_PATH:-}" chromium chromium-browser google-chrome-stable google-chrome; do
    if [ -n "$name" ] && command -v "$name"; then return; fi
  done
}

need dotnet "the .NET 10 SDK is needed."
need node "Node 20 or later is needed, for the emulator of Azure Table Storage."

lock=tests/node_modules/.package-lock.json
if [ ! -f "$lock" ] || [ tests/package-lock.json -nt "$lock" ]; then
  echo "Installing Azurite from tests/package-lock.json"
  npm ci --prefix tests --no-progress --loglevel=error
  touch "$lock"
fi

chromium=$(find_chromium | head -n 1)
if [ -z "$chromium" ] && command -v apt-get >/dev/null; then
  echo "Installing Chromium"
  as_root apt-get update -qq
  as_root apt-get install -y -qq --no-install-recommends chromium >/dev/null
  chromium=$(find_chromium | head -n 1)
fi
if [ -z "$chromium" ]; then
  echo "tests/run.sh: there is no Chromium; install it, or say where it is with CHROMIUM_PATH." >&2
  exit 1
fi
export CHROMIUM_PATH=$chromium MORE_STORIES_REQUIRE_AZURITE=1 MORE_STORIES_REQUIRE_BROWSER=1

dotnet build Recommender.sln --configuration "$configuration" --verbosity quiet

results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
log=$results/log
passed=0 failed=0 skipped=0
for project in tests/*.Tests/*.csproj; do
  echo "== $(basename "$project" .csproj)"
  status=0
  # A test that hangs is named and ended.
  dotnet test "$project" --no-build --configuration "$configuration" \
    --blame-hang --blame-hang-timeout 10m --blame-hang-dump-type none --results-directory "$results" "$@" 2>&1 | tee "$log" || status=$?
  if counts=$(grep -E '(Passed|Failed|Skipped)! +- Failed:' "$log" | tail -n 1); then
    number() { sed -E "s/.*$1: +([0-9]+).*/\1/" <<<"$counts"; }
    failed=$((failed + $(number Failed))) passed=$((passed + $(number Passed))) skipped=$((skipped + $(number Skipped)))
    if [ "$status" -ne 0 ] && [ "$(number Failed)" -eq 0 ]; then failed=$((failed + 1)); fi
  elif [ "$status" -ne 0 ]; then
    # The test host itself broke, so nothing was counted.
    failed=$((failed + 1))
  fi
done

echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
