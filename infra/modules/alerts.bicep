metadata description = 'What wakes somebody. Each rule has its query in infra/alerts and its runbook in infra/README.md.'

@description('Region of the rules.')
param location string

@description('Tags of all resources.')
param tags object

@description('The Application Insights component that the queries ask.')
param componentId string

@description('The storage account.')
param storageId string

@description('Where alerts are sent; empty: nowhere.')
param email string

var rules = [
  {
    name: 'errors'
    title: 'Errors: more than 1% of requests fail'
    query: loadTextContent('../alerts/errors.kql')
    severity: 1
    window: 'PT15M'
  }
  {
    name: 'empty-lists'
    title: 'Empty lists: pages get no stories'
    query: loadTextContent('../alerts/empty-lists.kql')
    severity: 2
    window: 'PT30M'
  }
  {
    name: 'failing-feeds'
    title: 'Failing feeds: a site\'s feeds have not been read for an hour'
    query: loadTextContent('../alerts/failing-feeds.kql')
    severity: 2
    window: 'PT1H'
  }
  {
    name: 'failed-runs'
    title: 'Failed runs: a reindex or another job failed'
    query: loadTextContent('../alerts/failed-runs.kql')
    severity: 2
    window: 'PT1H'
  }
  {
    name: 'throttling'
    title: 'Throttling: the store does not answer, or readers are turned away'
    query: loadTextContent('../alerts/throttling.kql')
    severity: 2
    window: 'PT15M'
  }
]
var actions = empty(email) ? [] : [ team.id ]

resource team 'Microsoft.Insights/actionGroups@2023-01-01' = if (!empty(email)) {
  name: 'more-stories'
  location: 'global'
  tags: tags
  properties: {
    enabled: true
    groupShortName: 'morestories'
    emailReceivers: [ { name: 'team', emailAddress: email, useCommonAlertSchema: true } ]
  }
}

resource rule 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [for item in rules: {
  name: 'more-stories-${item.name}'
  location: location
  tags: tags
  kind: 'LogAlert'
  properties: {
    displayName: item.title
    description: 'Runbook: infra/README.md, "${item.name}"'
    enabled: true
    severity: item.severity
    scopes: [ componentId ]
    evaluationFrequency: 'PT5M'
    windowSize: item.window
    autoMitigate: true
    criteria: {
      allOf: [
        {
          query: item.query
          timeAggregation: 'Count'
          operator: 'GreaterThan'
          threshold: 0
          failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
        }
      ]
    }
    actions: { actionGroups: actions }
  }
}]

resource storageThrottling 'Microsoft.Insights/metricAlerts@2018-03-01' = {
  name: 'more-stories-storage-throttling'
  location: 'global'
  tags: tags
  properties: {
    description: 'Storage answers "server busy". Runbook: infra/README.md, "throttling"'
    enabled: true
    severity: 2
    scopes: [ storageId ]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT15M'
    autoMitigate: true
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          name: 'busy'
          criterionType: 'StaticThresholdCriterion'
          metricNamespace: 'Microsoft.Storage/storageAccounts'
          metricName: 'Transactions'
          dimensions: [ { name: 'ResponseType', operator: 'Include', values: [ 'ServerBusyError', 'ClientAccountBandwidthThrottlingError', 'ClientAccountRequestThrottlingError' ] } ]
          timeAggregation: 'Total'
          operator: 'GreaterThan'
          threshold: 20
        }
      ]
    }
    actions: [for action in actions: { actionGroupId: action }]
  }
}
