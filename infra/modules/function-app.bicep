metadata description = 'The application: a Flex Consumption plan and one function app, as an isolated worker or as a custom handler. It has an identity and no key.'

@description('Name of the app, and of its host name.')
param name string

@description('Name of the plan.')
param planName string

@description('Their region.')
param location string

@description('Tags of all resources.')
param tags object

@description('worker or handler.')
@allowed([ 'worker', 'handler' ])
param front string

@description('Resource id of the identity.')
param identityId string

@description('Client id of the identity.')
param identityClientId string

@description('The storage account.')
param storageName string

@description('Where the deployment package is.')
param packageContainerUrl string

@description('Where telemetry goes.')
param connectionString string

@description('Workspace that diagnostics go to.')
param workspaceId string

@description('Subnet that the app goes out through; empty: none.')
param integrationSubnetId string

@description('Id of the Front Door that alone may call the app; empty: anybody may.')
param frontDoorId string

@description('Memory of an instance, in MB.')
param instanceMemory int

@description('Most instances.')
param maximumInstances int

@description('Instances for requests that are always there.')
param alwaysReady int

@description('The first site.')
param site { id: string, name: string, hosts: string[], feeds: string[], origins: string[] }

@description('Hash of the key that may do everything through the API; empty: read-only.')
param keyHash string

var runtimes = {
  worker: { name: 'dotnet-isolated', version: '10.0' }
  handler: { name: 'custom', version: '1.0' }
}
var sitePrefix = 'Recommender__Sites__${site.id}'
var hosts = toObject(range(0, length(site.hosts)), i => '${sitePrefix}__Hosts__${i}', i => trim(site.hosts[i]))
var feeds = toObject(range(0, length(site.feeds)), i => '${sitePrefix}__Feeds__${i}', i => trim(site.feeds[i]))
var origins = toObject(range(0, length(site.origins)), i => '${sitePrefix}__AllowedOrigins__${i}', i => trim(site.origins[i]))
var access = empty(keyHash) ? { Access__ReadOnly: 'true' } : {
  Access__Keys__0__Name: 'first'
  Access__Keys__0__Hash: keyHash
  Access__Keys__0__Scopes__0: 'articles'
  Access__Keys__0__Scopes__1: 'editor'
  Access__Keys__0__Scopes__2: 'ops'
}
var own = {
  AzureWebJobsStorage__accountName: storageName
  AzureWebJobsStorage__credential: 'managedidentity'
  AzureWebJobsStorage__clientId: identityClientId
  AzureWebJobsDisableHomepage: 'true'
  APPLICATIONINSIGHTS_CONNECTION_STRING: connectionString
  APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identityClientId};Authorization=AAD'
  Recommender__Store: 'azure'
  '${sitePrefix}__Name': site.name
}

resource plan 'Microsoft.Web/serverfarms@2024-04-01' = {
  name: planName
  location: location
  tags: tags
  kind: 'functionapp'
  sku: { tier: 'FlexConsumption', name: 'FC1' }
  properties: { reserved: true }
}

resource app 'Microsoft.Web/sites@2024-04-01' = {
  name: name
  location: location
  tags: tags
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identityId}': {} }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    keyVaultReferenceIdentity: identityId
    virtualNetworkSubnetId: empty(integrationSubnetId) ? null : integrationSubnetId
    siteConfig: {
      minTlsVersion: '1.2'
      scmMinTlsVersion: '1.2'
      ftpsState: 'Disabled'
      http20Enabled: true
      ipSecurityRestrictionsDefaultAction: empty(frontDoorId) ? 'Allow' : 'Deny'
      ipSecurityRestrictions: empty(frontDoorId) ? [] : [
        {
          name: 'front-door'
          action: 'Allow'
          priority: 100
          tag: 'ServiceTag'
          ipAddress: 'AzureFrontDoor.Backend'
          headers: { 'x-azure-fdid': [ frontDoorId ] }
        }
      ]
    }
    functionAppConfig: {
      runtime: runtimes[front]
      deployment: {
        storage: {
          type: 'blobContainer'
          value: packageContainerUrl
          authentication: { type: 'UserAssignedIdentity', userAssignedIdentityResourceId: identityId }
        }
      }
      scaleAndConcurrency: {
        instanceMemoryMB: instanceMemory
        maximumInstanceCount: maximumInstances
        alwaysReady: alwaysReady == 0 ? [] : [ { name: 'http', instanceCount: alwaysReady } ]
      }
    }
  }

  resource settings 'config' = {
    name: 'appsettings'
    properties: union(own, access, hosts, feeds, origins)
  }

  // Passwords of a publishing profile are keys too.
  resource ftp 'basicPublishingCredentialsPolicies' = {
    name: 'ftp'
    properties: { allow: false }
  }

  resource scm 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    properties: { allow: false }
  }
}

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: app
  name: 'to-workspace'
  properties: {
    workspaceId: workspaceId
    logs: [ { category: 'FunctionAppLogs', enabled: true } ]
    metrics: [ { category: 'AllMetrics', enabled: true } ]
  }
}

@description('Name of the app.')
output name string = app.name

@description('Its address.')
output url string = 'https://${app.properties.defaultHostName}'
