metadata description = 'The network of an installation with private endpoints: a subnet that the app goes out through, one for the endpoints, and the private names of storage.'

@description('Name of the network.')
param name string

@description('Its region.')
param location string

@description('Tags of all resources.')
param tags object

@description('Addresses of the network; two subnets of 256 are taken of them.')
param addressPrefix string = '10.80.0.0/16'

// The order is the one in which storage.bicep makes its endpoints.
var zoneNames = [for service in [ 'blob', 'queue', 'table' ]: 'privatelink.${service}.${environment().suffixes.storage}']

resource network 'Microsoft.Network/virtualNetworks@2024-01-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    addressSpace: { addressPrefixes: [ addressPrefix ] }
    subnets: [
      {
        name: 'app'
        properties: {
          addressPrefix: cidrSubnet(addressPrefix, 24, 0)
          delegations: [
            { name: 'flex', properties: { serviceName: 'Microsoft.App/environments' } }
          ]
        }
      }
      {
        name: 'endpoints'
        properties: { addressPrefix: cidrSubnet(addressPrefix, 24, 1) }
      }
    ]
  }
}

resource zone 'Microsoft.Network/privateDnsZones@2020-06-01' = [for zoneName in zoneNames: {
  name: zoneName
  location: 'global'
  tags: tags
}]

resource link 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2020-06-01' = [for (zoneName, i) in zoneNames: {
  parent: zone[i]
  name: name
  location: 'global'
  tags: tags
  properties: {
    registrationEnabled: false
    virtualNetwork: { id: network.id }
  }
}]

@description('Subnet that the app goes out through.')
output integrationSubnetId string = network.properties.subnets[0].id

@description('Subnet of private endpoints.')
output endpointSubnetId string = network.properties.subnets[1].id

@description('Private DNS zones of blob, queue and table, in this order.')
output zoneIds string[] = [for (zoneName, i) in zoneNames: zone[i].id]
