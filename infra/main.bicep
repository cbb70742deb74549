targetScope = 'subscription'

metadata name = 'More Stories'
metadata description = 'Everything that More Stories needs in a subscription: storage, a Flex Consumption function app, its identity and what that may do, monitoring with alerts and a workbook, and, when asked for, private endpoints and Front Door.'

@description('Name of this installation, from which the names of all resources are made.')
@minLength(1)
@maxLength(40)
param environmentName string

@description('Region of all resources.')
param location string

@description('Id of the first site: letters and digits. It is part of every key in the tables and cannot be changed later.')
@minLength(1)
@maxLength(30)
param siteId string = 'courier'

@description('What readers call the first site.')
param siteName string = 'The Gullhaven Courier'

@description('Hosts of the site\'s pages, separated by commas. Articles from other hosts are refused.')
param siteHosts string = 'courier.example'

@description('Feeds and news sitemaps that are polled every five minutes, separated by commas; empty for none.')
param siteFeeds string = ''

@description('Origins whose scripts may read lists, separated by commas; * for any.')
param siteOrigins string = '*'

@description('Which front serves: worker (the isolated worker, which every Functions tool deploys) or handler (the self-contained application as a custom handler).')
@allowed([ 'worker', 'handler' ])
param front string = 'worker'

@description('SHA-256, in hexadecimal, of the key that may do everything through the API. It is a hash of random bytes and no secret. Empty: lists are served and nothing can be changed through the API.')
param keyHash string = ''

@description('Replication of the storage account.')
@allowed([ 'Standard_LRS', 'Standard_ZRS', 'Standard_GRS', 'Standard_GZRS' ])
param storageSku string = 'Standard_ZRS'

@description('Memory of an instance, in MB.')
@allowed([ 512, 2048, 4096 ])
param instanceMemory int = 2048

@description('Most instances that are started.')
@minValue(40)
@maxValue(1000)
param maximumInstances int = 40

@description('Instances for requests that are always there, so that no reader waits for a start; 0 for none.')
@minValue(0)
param alwaysReady int = 0

@description('Whether storage is reached through private endpoints only. Deployments and backups then have to come from inside the network.')
param privateEndpoints bool = false

@description('Whether Front Door caches lists before the app, which then answers to Front Door alone.')
param frontDoor bool = false

@description('Where alerts are sent; empty: they are shown in the portal only.')
param alertEmail string = ''

@description('Object id of the person or pipeline that deploys, and so may read and write the tables: for backups and for the first articles. Empty for nobody.')
param principalId string = ''

@description('What principalId is.')
@allowed([ 'User', 'Group', 'ServicePrincipal' ])
param principalType string = 'User'

@description('Days that logs and metrics are kept.')
@minValue(30)
@maxValue(730)
param retentionDays int = 30

var token = toLower(uniqueString(subscription().id, environmentName, location))
var tags = { 'azd-env-name': environmentName, application: 'more-stories' }

resource group 'Microsoft.Resources/resourceGroups@2024-03-01' = {
  name: 'rg-${environmentName}'
  location: location
  tags: tags
}

module identity 'modules/identity.bicep' = {
  scope: group
  params: { name: 'id-${token}', location: location, tags: tags }
}

module monitoring 'modules/monitoring.bicep' = {
  scope: group
  params: { name: token, location: location, tags: tags, retentionDays: retentionDays }
}

module network 'modules/network.bicep' = if (privateEndpoints) {
  scope: group
  params: { name: 'vnet-${token}', location: location, tags: tags }
}

module storage 'modules/storage.bicep' = {
  scope: group
  params: {
    name: 'st${token}'
    location: location
    tags: tags
    sku: storageSku
    endpointSubnetId: network.?outputs.endpointSubnetId ?? ''
    zoneIds: network.?outputs.zoneIds ?? []
    workspaceId: monitoring.outputs.workspaceId
  }
}

module roles 'modules/roles.bicep' = {
  scope: group
  params: {
    storageName: storage.outputs.name
    componentName: monitoring.outputs.componentName
    identityPrincipalId: identity.outputs.principalId
    operatorPrincipalId: principalId
    operatorPrincipalType: principalType
  }
}

module edge 'modules/front-door.bicep' = if (frontDoor) {
  scope: group
  params: { name: 'fd-${token}', tags: tags, originHost: 'func-${token}.azurewebsites.net', workspaceId: monitoring.outputs.workspaceId }
}

module app 'modules/function-app.bicep' = {
  scope: group
  params: {
    name: 'func-${token}'
    planName: 'plan-${token}'
    location: location
    tags: union(tags, { 'azd-service-name': 'app' })
    front: front
    identityId: identity.outputs.id
    identityClientId: identity.outputs.clientId
    storageName: storage.outputs.name
    packageContainerUrl: storage.outputs.packageContainerUrl
    connectionString: monitoring.outputs.connectionString
    workspaceId: monitoring.outputs.workspaceId
    integrationSubnetId: network.?outputs.integrationSubnetId ?? ''
    frontDoorId: edge.?outputs.frontDoorId ?? ''
    instanceMemory: instanceMemory
    maximumInstances: maximumInstances
    alwaysReady: alwaysReady
    site: { id: siteId, name: siteName, hosts: split(siteHosts, ','), feeds: empty(siteFeeds) ? [] : split(siteFeeds, ','), origins: empty(siteOrigins) ? [] : split(siteOrigins, ',') }
    keyHash: keyHash
  }
  // A process that starts before it may read its storage does not come up.
  dependsOn: [ roles ]
}

module alerts 'modules/alerts.bicep' = {
  scope: group
  params: {
    location: location
    tags: tags
    componentId: monitoring.outputs.componentId
    storageId: storage.outputs.id
    email: alertEmail
  }
}

module workbook 'modules/workbook.bicep' = {
  scope: group
  params: { location: location, tags: tags, componentId: monitoring.outputs.componentId }
}

@description('The region, as azd wants it.')
output AZURE_LOCATION string = location

@description('The resource group of everything.')
output AZURE_RESOURCE_GROUP string = group.name

@description('Name of the function app.')
output AZURE_FUNCTION_APP string = app.outputs.name

@description('Name of the storage account, as in --store azure:NAME.')
output AZURE_STORAGE_ACCOUNT string = storage.outputs.name

@description('Id of the first site.')
output MORE_STORIES_SITE_ID string = siteId

@description('Where pages and editors find the application.')
output MORE_STORIES_URL string = edge.?outputs.url ?? app.outputs.url
