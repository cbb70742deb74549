metadata description = 'The identity that the application has everywhere: no key and no password stands for it.'

@description('Name of the identity.')
param name string

@description('Its region.')
param location string

@description('Tags of all resources.')
param tags object

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: name
  location: location
  tags: tags
}

@description('Resource id, to give the identity to an app.')
output id string = identity.id

@description('By which a process says which of its identities it means.')
output clientId string = identity.properties.clientId

@description('To whom roles are given.')
output principalId string = identity.properties.principalId
