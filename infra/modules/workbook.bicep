metadata description = 'The dashboard: what readers get, what comes in, what runs, and how the store does.'

@description('Region of the workbook.')
param location string

@description('Tags of all resources.')
param tags object

@description('The Application Insights component that it shows.')
param componentId string

resource workbook 'Microsoft.Insights/workbooks@2023-06-01' = {
  name: guid(resourceGroup().id, 'more-stories')
  location: location
  tags: tags
  kind: 'shared'
  properties: {
    displayName: 'More Stories'
    category: 'workbook'
    sourceId: componentId
    serializedData: replace(loadTextContent('../workbook.json'), '__COMPONENT__', componentId)
  }
}

@description('Resource id of the workbook.')
output id string = workbook.id
