// Resource types that run nothing on one machine, each with the reason. Everything else is either read or refused.

export const ignoredTypes: Readonly<Record<string, string>> = {
  'AWS::CDK::Metadata': 'usage figures of the CDK',
  'AWS::CloudWatch::Alarm': 'nobody is paged on one machine',
  'AWS::CloudWatch::CompositeAlarm': 'nobody is paged on one machine',
  'AWS::CloudWatch::Dashboard': 'figures are in the logs',
  'AWS::Cognito::UserPoolGroup': 'who is in a group is kept with the people',
  'AWS::Lambda::Permission': 'callers are checked by the roles they use',
  'AWS::Logs::LogGroup': 'functions write to files under the state folder',
  'AWS::Logs::MetricFilter': 'only alarms read its metric, and nobody is paged on one machine',
  'AWS::Logs::ResourcePolicy': 'functions write to files under the state folder',
  'AWS::SecretsManager::ResourcePolicy': 'roles say who reads; the doors here are on the loopback',
  'AWS::SES::EmailIdentity': 'mails are kept and shown here, whoever they come from',
  'AWS::SNS::Topic': 'only alarms publish, and nobody is paged on one machine',
  'AWS::SNS::TopicPolicy': 'only alarms publish, and nobody is paged on one machine',
  'AWS::SNS::Subscription': 'only alarms publish, and nobody is paged on one machine',
  'AWS::S3::BucketPolicy': 'it asks for TLS; the doors here are on the loopback',
  'AWS::SQS::QueuePolicy': 'it asks for TLS; the doors here are on the loopback',
  'Custom::S3AutoDeleteObjects': 'nothing is torn down here',
};
