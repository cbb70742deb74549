#!/bin/sh
# Deploys the application as a custom handler, to an installation that was provisioned with MORE_STORIES_FRONT=handler:
#   azd env set MORE_STORIES_FRONT handler && azd provision
#   eval "$(azd env get-values | sed 's/^/export /')" && infra/hooks/deploy-handler.sh && infra/hooks/postdeploy.sh
set -eu
cd "$(dirname "$0")/../.."

package=$(mktemp -d)
trap 'rm -rf "$package"' EXIT
dotnet publish src/Recommender.Functions -c Release -o "$package/app"

# The bit that makes a file a program is part of the zip only where zip knows such bits.
test -x "$package/app/Recommender.Functions"
(cd "$package/app" && zip --quiet --recurse-paths ../app.zip .)
az functionapp deployment source config-zip --resource-group "${AZURE_RESOURCE_GROUP:?}" --name "${AZURE_FUNCTION_APP:?}" --src "$package/app.zip"
