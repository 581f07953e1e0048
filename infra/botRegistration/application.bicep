// The bot's app registration: of this tenant alone, with no secret. A managed identity vouches for it. Whoever deploys this
// must be allowed to register applications.
extension microsoftGraphV1

@description('Names the registration in the tenant for good: a later deployment finds it by this.')
param uniqueName string

@maxLength(42)
@description('As it stands in the list of registrations.')
param displayName string

@description('Principal id, not client id, of the managed identity that vouches for the bot.')
param identityPrincipalId string

// Microsoft: “Configure an application to trust a managed identity”; national clouds have audiences of their own.
var audiences = {
  AzureUSGovernment: 'api://AzureADTokenExchangeUSGov'
  AzureChinaCloud: 'api://AzureADTokenExchangeChina'
}

resource application 'Microsoft.Graph/applications@v1.0' = {
  uniqueName: uniqueName
  displayName: displayName
  signInAudience: 'AzureADMyOrg'

  resource vouched 'federatedIdentityCredentials@v1.0' = {
    name: '${application.uniqueName}/identity'
    description: 'Managed identity of the container app that Sportello runs in'
    issuer: '${environment().authentication.loginEndpoint}${tenant().tenantId}/v2.0'
    subject: identityPrincipalId
    audiences: [audiences[?environment().name] ?? 'api://AzureADTokenExchange']
  }
}

// The registration at work in this tenant.
resource principal 'Microsoft.Graph/servicePrincipals@v1.0' = {
  appId: application.appId
}

output appId string = application.appId
