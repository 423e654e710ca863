// `import MailConnect` is enough: what its values are made of comes along.
@_exported public import MailModel
@_exported public import MailRegistration
@_exported public import MailReport
@_exported public import ProviderCatalog

@_exported public import struct MailNetwork.AddressPolicy
@_exported public import enum MailNetwork.ProcessPrivacy
