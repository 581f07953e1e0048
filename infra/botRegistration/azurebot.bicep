// The bot's registration, and its channel Microsoft Teams.

@minLength(4)
@maxLength(18)
param resourceBaseName string

@maxLength(42)
param botDisplayName string

@description('Name of the host that Teams calls.')
param botDomain string

@description('Client id of the app registration, or of the managed identity where the bot is one itself.')
param botId string

@description('Resource id of the managed identity; empty for an app registration of this tenant.')
param identityId string

// Free: messages of Teams are not counted.
param sku string = 'F0'

resource botService 'Microsoft.BotService/botServices@2022-09-15' = {
  kind: 'azurebot'
  location: 'global'
  name: '${resourceBaseName}-bot'
  sku: { name: sku }
  properties: {
    displayName: botDisplayName
    endpoint: 'https://${botDomain}/api/messages'
    msaAppId: botId
    msaAppType: empty(identityId) ? 'SingleTenant' : 'UserAssignedMSI'
    msaAppTenantId: tenant().tenantId
    msaAppMSIResourceId: empty(identityId) ? null : identityId
    // No key of the bot opens anything: only Entra tokens do.
    disableLocalAuth: true
  }

  resource teams 'channels' = {
    location: 'global'
    name: 'MsTeamsChannel'
    properties: {
      channelName: 'MsTeamsChannel'
      properties: { isEnabled: true }
    }
  }
}
