// A virtual network in which the app reaches store and vault, and nobody else does.

param resourceBaseName string
param location string
param storeId string
param vaultId string

resource appRules 'Microsoft.Network/networkSecurityGroups@2024-05-01' = {
  name: '${resourceBaseName}-app-rules'
  location: location
  properties: {
    securityRules: [
      {
        name: 'AllowHttpsFromInternet'
        properties: {
          priority: 100
          direction: 'Inbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefix: 'Internet'
          sourcePortRange: '*'
          destinationAddressPrefix: '*'
          // The second is where the environment's load balancer passes https on to.
          destinationPortRanges: ['443', '31443']
        }
      }
    ]
  }
}

resource endpointRules 'Microsoft.Network/networkSecurityGroups@2024-05-01' = {
  name: '${resourceBaseName}-endpoint-rules'
  location: location
  properties: {
    securityRules: [
      {
        name: 'AllowApp'
        properties: {
          priority: 100
          direction: 'Inbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefix: '10.20.0.0/24'
          sourcePortRange: '*'
          destinationAddressPrefix: '*'
          // Vault, and what a cluster listens on.
          destinationPortRanges: ['443', '10260', '27017']
        }
      }
      {
        name: 'DenyAllElse'
        properties: {
          priority: 4000
          direction: 'Inbound'
          access: 'Deny'
          protocol: '*'
          sourceAddressPrefix: '*'
          sourcePortRange: '*'
          destinationAddressPrefix: '*'
          destinationPortRange: '*'
        }
      }
    ]
  }
}

resource network 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  // checkov:skip=CKV_AZURE_182:Azure's own resolver serves the private zones below, and is redundant by itself
  // checkov:skip=CKV_AZURE_183:Azure's own resolver serves the private zones below
  name: '${resourceBaseName}-network'
  location: location
  properties: {
    addressSpace: { addressPrefixes: ['10.20.0.0/16'] }
    subnets: [
      {
        name: 'app'
        properties: {
          addressPrefix: '10.20.0.0/24'
          networkSecurityGroup: { id: appRules.id }
          delegations: [
            { name: 'container-apps', properties: { serviceName: 'Microsoft.App/environments' } }
          ]
        }
      }
      {
        name: 'endpoints'
        properties: {
          addressPrefix: '10.20.1.0/24'
          networkSecurityGroup: { id: endpointRules.id }
          privateEndpointNetworkPolicies: 'Enabled'
        }
      }
    ]
  }
}

var reached = [
  {
    name: 'store'
    id: storeId
    group: 'MongoCluster'
    zone: 'privatelink.mongocluster.cosmos.azure.com'
  }
  {
    name: 'vault'
    id: vaultId
    group: 'vault'
    zone: 'privatelink.vaultcore.azure.net'
  }
]

resource endpoints 'Microsoft.Network/privateEndpoints@2024-05-01' = [
  for one in reached: {
    name: '${resourceBaseName}-${one.name}-endpoint'
    location: location
    properties: {
      subnet: { id: '${network.id}/subnets/endpoints' }
      privateLinkServiceConnections: [
        { name: one.name, properties: { privateLinkServiceId: one.id, groupIds: [one.group] } }
      ]
    }
  }
]

resource zones 'Microsoft.Network/privateDnsZones@2024-06-01' = [
  for one in reached: {
    name: one.zone
    location: 'global'
  }
]

resource zoneLinks 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2024-06-01' = [
  for (one, i) in reached: {
    parent: zones[i]
    name: resourceBaseName
    location: 'global'
    properties: {
      registrationEnabled: false
      virtualNetwork: { id: network.id }
    }
  }
]

resource names 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups@2024-05-01' = [
  for (one, i) in reached: {
    parent: endpoints[i]
    name: 'default'
    properties: {
      privateDnsZoneConfigs: [{ name: one.name, properties: { privateDnsZoneId: zones[i].id } }]
    }
  }
]

output appSubnetId string = '${network.id}/subnets/app'
