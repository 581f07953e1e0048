// Everything that Sportello needs in one resource group of Azure. docs/azure.md says what it costs, what is reached from
// where, and what of it could not be tried. First without an image, which makes the registry to put it in; then with one.

@minLength(4)
@maxLength(18)
@description('Begins the name of every resource: lower-case letters and digits, unique in all of Azure.')
param resourceBaseName string

@description('Region of all resources.')
param location string = resourceGroup().location

@maxLength(42)
@description('Name of the bot in the Azure portal; people see the name in the app package.')
param botDisplayName string

@description('Image of Sportello in the registry, with its tag; "none" leaves the app out.')
param image string = 'none'

@secure()
@minLength(16)
@description('Password of the store. It is kept in the vault, as part of the connection string.')
param storePassword string

@allowed(['Disabled', 'Enabled'])
@description('Disabled: store and vault are reached within a virtual network only. Cannot be changed once the environment is there.')
param publicNetworkAccess string = 'Disabled'

@description('A standby of the store, and instances in several zones where the region has them.')
param highAvailability bool = true

@description('Size of the store. From M30 on it can have a standby.')
param storeTier string = 'M30'

@minValue(32)
@description('Disk of the store, in GB.')
param storeSizeGb int = 32

@minValue(2)
@maxValue(10)
@description('Instances that always run.')
param instances int = 2

@minValue(30)
@maxValue(730)
@description('Days for which logs are kept.')
param logDays int = 90

@allowed(['fatal', 'error', 'warn', 'info', 'debug'])
param logLevel string = 'info'

@description('The bot is the managed identity itself, and there is no app registration.')
param botIsIdentity bool = false

@description('Id of an app registration that is there already; empty: one is made here. Without secret and certificate it needs a federated credential for the managed identity.')
param appRegistrationId string = ''

@secure()
@description('Client secret of the app registration.')
param appRegistrationSecret string = ''

@description('Day on which that secret ends, such as 2027-11-21: administrators are told before.')
param appRegistrationEnds string = ''

@secure()
@description('In place of the secret: private key and certificate, as PEM.')
param appRegistrationCertificate string = ''

@secure()
@description('Server that sends what is forwarded, as in SMTP_URL. Empty: nothing is forwarded.')
param smtpUrl string = ''

@secure()
@description('Mailbox in which the answers arrive, as in IMAP_URL.')
param imapUrl string = ''

@description('Address of the desk, beside smtpUrl.')
param mailFrom string = ''

@description('Hosts that files which people send are fetched from, with commas between them. Empty: SharePoint of any tenant.')
param fileHosts string = ''

var madeHere = !botIsIdentity && empty(appRegistrationId)
var registered = !botIsIdentity && !empty(appRegistrationId)
var registrationId = registered ? appRegistrationId : application.?outputs.appId ?? ''
var botId = botIsIdentity ? identity.properties.clientId : registrationId
var privateNetworking = publicNetworkAccess == 'Disabled'
var storeUser = 'sportello'
var appName = '${resourceBaseName}-app'
var botDomain = '${appName}.${environment.properties.defaultDomain}'
var withSecret = registered && !empty(appRegistrationSecret)
var withCertificate = registered && !empty(appRegistrationCertificate)
// Single tenant, and the identity vouches for the bot: nothing that could leak or expire.
var federated = !botIsIdentity && !withSecret && !withCertificate
var withSmtp = !empty(smtpUrl)
var withImap = withSmtp && !empty(imapUrl)

// Vouches for the bot, and is its way to the vault and the registry.
resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: '${resourceBaseName}-identity'
  location: location
}

module application 'botRegistration/application.bicep' = if (madeHere) {
  name: 'application'
  params: {
    uniqueName: '${resourceBaseName}-bot'
    displayName: botDisplayName
    identityPrincipalId: identity.properties.principalId
  }
}

resource logs 'Microsoft.OperationalInsights/workspaces@2023-09-01' = {
  name: '${resourceBaseName}-logs'
  location: location
  properties: {
    sku: { name: 'PerGB2018' }
    retentionInDays: logDays
    // Who may read logs is said by roles on the workspace alone.
    features: { enableLogAccessUsingOnlyResourcePermissions: false }
  }
}

module network 'network.bicep' = if (privateNetworking) {
  name: 'network'
  params: {
    resourceBaseName: resourceBaseName
    location: location
    storeId: store.id
    vaultId: vault.id
  }
}

resource store 'Microsoft.DocumentDB/mongoClusters@2025-09-01' = {
  name: '${resourceBaseName}-store'
  location: location
  properties: {
    serverVersion: '8.0'
    administrator: { userName: storeUser, password: storePassword }
    compute: { tier: storeTier }
    storage: { sizeGb: storeSizeGb, type: 'PremiumSSD' }
    sharding: { shardCount: 1 }
    highAvailability: { targetMode: highAvailability ? 'ZoneRedundantPreferred' : 'Disabled' }
    publicNetworkAccess: publicNetworkAccess
  }
}

// Without a network of its own the app has no address that could be let in alone.
resource storeDoor 'Microsoft.DocumentDB/mongoClusters/firewallRules@2025-09-01' = if (!privateNetworking) {
  parent: store
  name: 'AllowAzureServices'
  properties: { startIpAddress: '0.0.0.0', endIpAddress: '0.0.0.0' }
}

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' = {
  // checkov:skip=CKV_AZURE_109:Deny unless public access was asked for, which the scanner cannot work out
  name: '${resourceBaseName}-vault'
  location: location
  properties: {
    tenantId: tenant().tenantId
    sku: { family: 'A', name: 'standard' }
    enableRbacAuthorization: true
    enableSoftDelete: true
    softDeleteRetentionInDays: 90
    enablePurgeProtection: true
    publicNetworkAccess: publicNetworkAccess
    networkAcls: {
      defaultAction: privateNetworking ? 'Deny' : 'Allow'
      bypass: 'AzureServices'
    }
  }
}

resource storeUrl 'Microsoft.KeyVault/vaults/secrets@2023-07-01' = {
  // checkov:skip=CKV_AZURE_41:an end would take the store away on that day; docs/azure.md says how to change the password
  parent: vault
  name: 'store-url'
  properties: {
    contentType: 'connection string of MongoDB'
    value: replace(replace(store.properties.connectionString, '<user>', storeUser), '<password>', uriComponent(storePassword))
  }
}

resource botSecret 'Microsoft.KeyVault/vaults/secrets@2023-07-01' = if (withSecret) {
  // checkov:skip=CKV_AZURE_41:its end is known to Entra ID, not to the vault
  // checkov:skip=CKV_AZURE_114:it is set, but the scanner does not look into a resource with a condition
  parent: vault
  name: 'bot-secret'
  properties: {
    contentType: 'client secret'
    value: appRegistrationSecret
  }
}

resource botCertificate 'Microsoft.KeyVault/vaults/secrets@2023-07-01' = if (withCertificate) {
  // checkov:skip=CKV_AZURE_41:the certificate says its end itself, and Sportello tells the administrators in time
  // checkov:skip=CKV_AZURE_114:it is set, but the scanner does not look into a resource with a condition
  parent: vault
  name: 'bot-certificate'
  properties: {
    contentType: 'application/x-pem-file'
    value: appRegistrationCertificate
  }
}

resource smtpSecret 'Microsoft.KeyVault/vaults/secrets@2023-07-01' = if (withSmtp) {
  // checkov:skip=CKV_AZURE_41:the mail server decides when its password ends, and Sportello tells the administrators
  // checkov:skip=CKV_AZURE_114:it is set, but the scanner does not look into a resource with a condition
  parent: vault
  name: 'smtp-url'
  properties: {
    contentType: 'address and password of the mail server'
    value: smtpUrl
  }
}

resource imapSecret 'Microsoft.KeyVault/vaults/secrets@2023-07-01' = if (withImap) {
  // checkov:skip=CKV_AZURE_41:the mail server decides when its password ends, and Sportello tells the administrators
  // checkov:skip=CKV_AZURE_114:it is set, but the scanner does not look into a resource with a condition
  parent: vault
  name: 'imap-url'
  properties: {
    contentType: 'address and password of the mailbox'
    value: imapUrl
  }
}

// “Key Vault Secrets User” and “AcrPull”, the same ids everywhere.
var secretsUser = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '4633458b-17de-408a-b875-0445c86b69e6')
var registryReader = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '7f951dda-4ed3-4680-a7ca-43fe172d538d')

resource readsSecrets 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: vault
  name: guid(vault.id, identity.id, secretsUser)
  properties: {
    roleDefinitionId: secretsUser
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
  }
}

resource registry 'Microsoft.ContainerRegistry/registries@2025-04-01' = {
  // checkov:skip=CKV_AZURE_139:images are built in the registry itself (az acr build), from outside the network; only Entra identities get in
  // checkov:skip=CKV_AZURE_163:scanning is Microsoft Defender's, which is turned on for a whole subscription
  // checkov:skip=CKV_AZURE_166:quarantine needs the Premium tier
  // checkov:skip=CKV_AZURE_233:zones need the Premium tier; running instances do not need the registry
  name: '${resourceBaseName}registry'
  location: location
  sku: { name: 'Basic' }
  properties: {
    adminUserEnabled: false
    anonymousPullEnabled: false
  }
}

resource readsImages 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: registry
  name: guid(registry.id, identity.id, registryReader)
  properties: {
    roleDefinitionId: registryReader
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
  }
}

// Not internal: Teams calls from the internet.
var appNetwork = privateNetworking ? { infrastructureSubnetId: network.?outputs.appSubnetId, internal: false } : null

resource environment 'Microsoft.App/managedEnvironments@2025-01-01' = {
  name: '${resourceBaseName}-environment'
  location: location
  properties: {
    // Through the settings below: no key of the workspace is handed out.
    appLogsConfiguration: { destination: 'azure-monitor' }
    workloadProfiles: [{ name: 'Consumption', workloadProfileType: 'Consumption' }]
    vnetConfiguration: appNetwork
    zoneRedundant: privateNetworking && highAvailability
  }
}

resource environmentLogs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: environment
  name: 'logs'
  properties: {
    workspaceId: logs.id
    logs: [{ categoryGroup: 'allLogs', enabled: true }]
  }
}

resource vaultLogs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: vault
  name: 'logs'
  properties: {
    workspaceId: logs.id
    logs: [{ categoryGroup: 'audit', enabled: true }]
  }
}

// What the program reads: test/infra/azure.test.ts holds these names against src/config/environment.ts.
var settings = [
  { name: 'MicrosoftAppId', value: botId }
  { name: 'MicrosoftAppTenantId', value: tenant().tenantId }
  { name: 'MicrosoftAppType', value: botIsIdentity ? 'UserAssignedMSI' : 'SingleTenant' }
  { name: 'STORE_URL', secretRef: 'store-url' }
  { name: 'PUBLIC_URL', value: 'https://${botDomain}' }
  { name: 'LOG_LEVEL', value: logLevel }
  // The port of the bot is open to the world.
  { name: 'METRICS', value: 'off' }
]
var federatedSettings = federated ? [{ name: 'MANAGED_IDENTITY_CLIENT_ID', value: identity.properties.clientId }] : []
var hostSettings = empty(fileHosts) ? [] : [{ name: 'FILE_HOSTS', value: fileHosts }]
var secretSettings = withSecret ? [{ name: 'MicrosoftAppPassword', secretRef: 'bot-secret' }] : []
var endSettings = withSecret ? [{ name: 'MicrosoftAppPasswordExpires', value: appRegistrationEnds }] : []
var certificateSettings = withCertificate ? [{ name: 'CertificatePrivateKey', secretRef: 'bot-certificate' }] : []
var smtpSettings = withSmtp ? [{ name: 'SMTP_URL', secretRef: 'smtp-url' }] : []
var fromSettings = withSmtp ? [{ name: 'MAIL_FROM', value: mailFrom }] : []
var imapSettings = withImap ? [{ name: 'IMAP_URL', secretRef: 'imap-url' }] : []
var mailSettings = concat(smtpSettings, fromSettings, imapSettings)
var ownSettings = concat(hostSettings, federatedSettings, secretSettings, endSettings, certificateSettings, mailSettings)
var secretNames = concat(['store-url'], withSecret ? ['bot-secret'] : [], withCertificate ? ['bot-certificate'] : [], withSmtp ? ['smtp-url'] : [], withImap ? ['imap-url'] : [])

resource app 'Microsoft.App/containerApps@2025-01-01' = if (image != 'none') {
  name: appName
  location: location
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identity.id}': {} }
  }
  properties: {
    environmentId: environment.id
    workloadProfileName: 'Consumption'
    configuration: {
      // The new revision takes over when it is ready, and the old one ends gracefully.
      activeRevisionsMode: 'Single'
      maxInactiveRevisions: 5
      // TLS 1.2 and 1.3, with a certificate of the platform.
      ingress: {
        external: true
        allowInsecure: false
        targetPort: 3978
        transport: 'http'
      }
      registries: [{ server: registry.properties.loginServer, identity: identity.id }]
      secrets: [
        for name in secretNames: {
          name: name
          keyVaultUrl: '${vault.properties.vaultUri}secrets/${name}'
          identity: identity.id
        }
      ]
    }
    template: {
      terminationGracePeriodSeconds: 30
      scale: {
        minReplicas: instances
        maxReplicas: instances + 2
        rules: [{ name: 'turns', http: { metadata: { concurrentRequests: '50' } } }]
      }
      containers: [
        {
          name: 'sportello'
          image: image
          resources: { cpu: json('0.5'), memory: '1Gi' }
          env: concat(settings, ownSettings)
          probes: [
            {
              type: 'Startup'
              httpGet: { path: '/healthz', port: 3978 }
              periodSeconds: 5
              // More is not allowed; a start takes a few seconds.
              failureThreshold: 10
            }
            {
              type: 'Liveness'
              httpGet: { path: '/healthz', port: 3978 }
              periodSeconds: 15
              timeoutSeconds: 5
              failureThreshold: 4
            }
            {
              type: 'Readiness'
              httpGet: { path: '/readyz', port: 3978 }
              periodSeconds: 5
              timeoutSeconds: 5
              failureThreshold: 3
            }
          ]
        }
      ]
    }
  }
  dependsOn: [readsSecrets, readsImages, storeUrl, botSecret, botCertificate, smtpSecret, imapSecret, network]
}

module bot 'botRegistration/azurebot.bicep' = {
  name: 'bot'
  params: {
    resourceBaseName: resourceBaseName
    botDisplayName: botDisplayName
    botDomain: botDomain
    botId: botId
    identityId: botIsIdentity ? identity.id : ''
  }
}

// The Agents Toolkit writes these into env/.env.<environment>.
output BOT_ID string = botId
output BOT_DOMAIN string = botDomain
output IDENTITY_PRINCIPAL_ID string = identity.properties.principalId
output AZURE_CONTAINER_REGISTRY_NAME string = registry.name
output AZURE_CONTAINER_APP_NAME string = appName
