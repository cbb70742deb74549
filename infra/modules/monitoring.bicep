metadata description = 'Where logs, traces and metrics go: a workspace, and an Application Insights component over it that takes them by identity only.'

@description('What the names of both are made from.')
param name string

@description('Their region.')
param location string

@description('Tags of all resources.')
param tags object

@description('Days that everything is kept.')
param retentionDays int

resource workspace 'Microsoft.OperationalInsights/workspaces@2023-09-01' = {
  name: 'log-${name}'
  location: location
  tags: tags
  properties: {
    sku: { name: 'PerGB2018' }
    retentionInDays: retentionDays
    features: { disableLocalAuth: true }
  }
}

resource component 'Microsoft.Insights/components@2020-02-02' = {
  name: 'appi-${name}'
  location: location
  tags: tags
  kind: 'web'
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: workspace.id
    IngestionMode: 'LogAnalytics'
    DisableLocalAuth: true
  }
}

@description('Resource id of the workspace.')
output workspaceId string = workspace.id

@description('Resource id of the component.')
output componentId string = component.id

@description('Name of the component.')
output componentName string = component.name

@description('Says where telemetry goes. With local authentication off it admits nobody.')
output connectionString string = component.properties.ConnectionString
