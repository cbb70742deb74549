metadata description = 'The storage account: the application\'s tables, the deployment package and the host\'s own blobs. Shared keys and public blobs are off: whoever comes has an identity and a role.'

@description('Name of the account.')
@minLength(3)
@maxLength(24)
param name string

@description('Its region.')
param location string

@description('Tags of all resources.')
param tags object

@description('Its replication.')
param sku string

@description('Subnet of private endpoints; empty: the account is reached over its public endpoint, by identity all the same.')
param endpointSubnetId string

@description('Private DNS zones of blob, queue and table, in this order; empty without private endpoints.')
param zoneIds string[]

@description('Workspace that diagnostics go to.')
param workspaceId string

// The engine's tables (TableNames.cs). The application makes them too when they are missing; here they are under the template's eyes.
var tableNames = [
  'Articles'
  'Pages'
  'Timeline'
  'Neighbours'
  'Overrides'
  'Audit'
  'Drafts'
  'Runs'
  'Model'
  'Changes'
  'Feeds'
  'Clicks'
  'Reports'
  'Secrets'
]

// Orders for runs, and those that five instances in a row could not carry out (src/Recommender.Functions/functions).
var queueNames = [ 'more-stories-runs', 'more-stories-runs-poison' ]
var packageContainer = 'app-package'
var isPrivate = !empty(endpointSubnetId)
var services = [ 'blob', 'queue', 'table' ]

resource account 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: sku }
  properties: {
    accessTier: 'Hot'
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    publicNetworkAccess: isPrivate ? 'Disabled' : 'Enabled'
    supportsHttpsTrafficOnly: true
    networkAcls: { bypass: 'AzureServices', defaultAction: isPrivate ? 'Deny' : 'Allow' }
  }
}

resource blobs 'Microsoft.Storage/storageAccounts/blobServices@2023-05-01' = {
  parent: account
  name: 'default'
  properties: {
    deleteRetentionPolicy: { enabled: true, days: 7 }
    containerDeleteRetentionPolicy: { enabled: true, days: 7 }
  }
}

resource package 'Microsoft.Storage/storageAccounts/blobServices/containers@2023-05-01' = {
  parent: blobs
  name: packageContainer
  properties: { publicAccess: 'None' }
}

resource tables 'Microsoft.Storage/storageAccounts/tableServices@2023-05-01' = {
  parent: account
  name: 'default'
}

resource table 'Microsoft.Storage/storageAccounts/tableServices/tables@2023-05-01' = [for tableName in tableNames: {
  parent: tables
  name: tableName
}]

resource queues 'Microsoft.Storage/storageAccounts/queueServices@2023-05-01' = {
  parent: account
  name: 'default'
}

resource queue 'Microsoft.Storage/storageAccounts/queueServices/queues@2023-05-01' = [for queueName in queueNames: {
  parent: queues
  name: queueName
}]

resource endpoint 'Microsoft.Network/privateEndpoints@2024-01-01' = [for service in services: if (isPrivate) {
  name: 'pe-${name}-${service}'
  location: location
  tags: tags
  properties: {
    subnet: { id: endpointSubnetId }
    privateLinkServiceConnections: [
      { name: service, properties: { privateLinkServiceId: account.id, groupIds: [ service ] } }
    ]
  }
}]

resource zone 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups@2024-01-01' = [for (service, i) in services: if (isPrivate) {
  parent: endpoint[i]
  name: 'default'
  properties: {
    privateDnsZoneConfigs: [
      { name: service, properties: { privateDnsZoneId: zoneIds[i] } }
    ]
  }
}]

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: tables
  name: 'to-workspace'
  properties: {
    workspaceId: workspaceId
    // Reads and writes are as many as page views; what was deleted, and by whom, is worth its price.
    logs: [ { category: 'StorageDelete', enabled: true } ]
    metrics: [ { category: 'Transaction', enabled: true } ]
  }
}

@description('Resource id.')
output id string = account.id

@description('Name of the account.')
output name string = account.name

@description('Where deployment packages are put.')
output packageContainerUrl string = '${account.properties.primaryEndpoints.blob}${packageContainer}'
