#!/bin/sh
# After a deployment: waits until the application answers, puts the first stories in, and says where everything is.
set -eu
cd "$(dirname "$0")/../.."

url=${MORE_STORIES_URL:?}
site=${MORE_STORIES_SITE_ID:?}
store=azure:${AZURE_STORAGE_ACCOUNT:?}

echo "Waiting for $url"
tries=60
until curl --fail --silent --show-error --max-time 10 --output /dev/null "$url/api/health/ready" 2>/dev/null; do
  tries=$((tries - 1))
  if [ "$tries" -eq 0 ]; then
    echo "It does not answer yet. What it says of itself: $url/api/health/ready" >&2
    exit 1
  fi
  sleep 5
done

if [ "${MORE_STORIES_PRIVATE_ENDPOINTS:-false}" = true ]; then
  echo "The tables are private: put the first stories in from inside the network, with more-stories index --store $store --site $site."
else
  # The feeds of the site, or the stories of the sample newspaper for the sample site. Both change nothing when they are there already.
  if [ -n "${MORE_STORIES_SITE_FEEDS:-}" ]; then
    sources=$(printf %s "$MORE_STORIES_SITE_FEEDS" | tr ',' ' ')
  elif [ "$site" = courier ]; then
    sources=src/Recommender.Functions/Newsroom/articles.jsonl
  else
    sources=
  fi

  if [ -n "$sources" ]; then
    # A role that was just given takes some minutes to be known everywhere.
    tries=10
    # shellcheck disable=SC2086 # Several addresses are several arguments.
    until dotnet run --project src/Recommender.Cli -c Release -- index $sources --store "$store" --site "$site"; do
      tries=$((tries - 1))
      if [ "$tries" -eq 0 ]; then
        echo "The first stories could not be put in. Do it later: more-stories index $sources --store $store --site $site" >&2
        break
      fi
      sleep 30
    done
  fi
fi

cat <<END

More Stories is at $url

  A list:        $url/api/latest?site=$site
  The element:   <script src="$url/widget.js" async></script> <more-stories></more-stories>
  The API:       $url/docs
  Health:        $url/api/health/ready
  The dashboard: portal.azure.com, resource group ${AZURE_RESOURCE_GROUP:-of this installation}, workbook "More Stories"
END
