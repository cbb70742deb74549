#!/bin/sh
# Prints the section of CHANGELOG.md for a version, such as 1.2.0; fails when there is none.
set -eu
version=${1:?a version, such as 1.2.0}
notes=$(awk -v version="$version" '/^## / { found = ($2 == version); next } found' "$(dirname "$0")/../CHANGELOG.md")
if [ -z "$(printf %s "$notes" | tr -d '[:space:]')" ]; then
  echo "CHANGELOG.md says nothing of $version." >&2
  exit 1
fi
printf '%s\n' "$notes"
