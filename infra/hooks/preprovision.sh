#!/bin/sh
# Before the first provisioning: makes the key of the API, shows it once, and leaves only its hash with azd.
set -eu

if [ -n "${MORE_STORIES_KEY_HASH:-}" ]; then
  exit 0
fi

key=$(od -An -tx1 -N32 /dev/urandom | tr -d ' \n')
hash=$(printf %s "$key" | { sha256sum 2>/dev/null || shasum -a 256; } | cut -d ' ' -f 1)
azd env set MORE_STORIES_KEY_HASH "$hash"
echo "The key of the API, for the header X-Api-Key. It is shown this once and kept nowhere; store it where you keep secrets:"
echo
echo "  $key"
echo
