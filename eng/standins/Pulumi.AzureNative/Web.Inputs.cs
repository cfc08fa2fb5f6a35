namespace Pulumi.AzureNative.Web.Inputs;

public sealed class FunctionAppConfigArgs : ResourceArgs
{
    public Input<FunctionsDeploymentArgs>? Deployment { get; set; }

    public Input<FunctionsRuntimeArgs>? Runtime { get; set; }

    public Input<FunctionsScaleAndConcurrencyArgs>? ScaleAndConcurrency { get; set; }
}

public sealed class FunctionsAlwaysReadyConfigArgs : ResourceArgs
{
    public Input<int>? InstanceCount { get; set; }

    public Input<string>? Name { get; set; }
}

public sealed class FunctionsDeploymentArgs : ResourceArgs
{
    public Input<FunctionsDeploymentStorageArgs>? Storage { get; set; }
}

public sealed class FunctionsDeploymentStorageArgs : ResourceArgs
{
    public Input<FunctionsDeploymentStorageAuthenticationArgs>? Authentication { get; set; }

    public InputUnion<string, FunctionsDeploymentStorageType>? Type { get; set; }

    public Input<string>? Value { get; set; }
}

public sealed class FunctionsDeploymentStorageAuthenticationArgs : ResourceArgs
{
    public InputUnion<string, AuthenticationType>? Type { get; set; }

    public Input<string>? UserAssignedIdentityResourceId { get; set; }
}

public sealed class FunctionsRuntimeArgs : ResourceArgs
{
    public InputUnion<string, RuntimeName>? Name { get; set; }

    public Input<string>? Version { get; set; }
}

public sealed class FunctionsScaleAndConcurrencyArgs : ResourceArgs
{
    public InputList<FunctionsAlwaysReadyConfigArgs> AlwaysReady { get; set; } = new();

    public Input<int>? InstanceMemoryMB { get; set; }

    public Input<int>? MaximumInstanceCount { get; set; }
}

public sealed class ManagedServiceIdentityArgs : ResourceArgs
{
    public Input<ManagedServiceIdentityType>? Type { get; set; }

    public InputList<string> UserAssignedIdentities { get; set; } = new();
}

public sealed class NameValuePairArgs : ResourceArgs
{
    public Input<string>? Name { get; set; }

    public Input<string>? Value { get; set; }
}

public sealed class SiteConfigArgs : ResourceArgs
{
    public InputList<NameValuePairArgs> AppSettings { get; set; } = new();

    public InputUnion<string, FtpsState>? FtpsState { get; set; }

    public Input<bool>? Http20Enabled { get; set; }

    public InputUnion<string, SupportedTlsVersions>? MinTlsVersion { get; set; }

    public Input<string>? NetFrameworkVersion { get; set; }

    public Input<bool>? RemoteDebuggingEnabled { get; set; }

    public InputUnion<string, SupportedTlsVersions>? ScmMinTlsVersion { get; set; }
}

public sealed class SkuDescriptionArgs : ResourceArgs
{
    public Input<string>? Name { get; set; }

    public Input<string>? Tier { get; set; }
}
