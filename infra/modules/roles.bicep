metadata description = 'Who may do what: the application with its tables, the Functions host with its blobs and queues, and whoever deploys with the tables. Each role is given on the one resource that it is for.'

@description('The storage account.')
param storageName string

@description('The Application Insights component.')
param componentName string

@description('Principal of the application\'s identity.')
param identityPrincipalId string

@description('Principal of a person or pipeline that may read and write the tables; empty for nobody.')
param operatorPrincipalId string

@description('What that principal is.')
param operatorPrincipalType string

// Azure's own roles: learn.microsoft.com/azure/role-based-access-control/built-in-roles
var roles = {
  tableDataContributor: '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'
  // The host takes leases on blobs and keeps its function keys there; it asks for the owner's role, not the contributor's.
  blobDataOwner: 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'
  queueDataContributor: '974c5e8b-45b9-4653-ba55-5f855dd0fb88'
  metricsPublisher: '3913510d-42f4-4e42-8a64-420c390055eb'
}
var storageRoles = [ roles.tableDataContributor, roles.blobDataOwner, roles.queueDataContributor ]

resource account 'Microsoft.Storage/storageAccounts@2023-05-01' existing = {
  name: storageName
}

resource component 'Microsoft.Insights/components@2020-02-02' existing = {
  name: componentName
}

resource storageRole 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for role in storageRoles: {
  scope: account
  name: guid(account.id, identityPrincipalId, role)
  properties: {
    principalId: identityPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role)
  }
}]

resource publisherRole 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: component
  name: guid(component.id, identityPrincipalId, roles.metricsPublisher)
  properties: {
    principalId: identityPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.metricsPublisher)
  }
}

resource operatorRole 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(operatorPrincipalId)) {
  scope: account
  name: guid(account.id, operatorPrincipalId, roles.tableDataContributor)
  properties: {
    principalId: operatorPrincipalId
    principalType: operatorPrincipalType
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.tableDataContributor)
  }
}
