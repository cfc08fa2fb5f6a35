namespace Pulumi.AzureNative.Storage.Inputs;

public sealed class DateAfterCreationArgs : ResourceArgs
{
    [Input("daysAfterCreationGreaterThan", required: true)]
    public Input<double> DaysAfterCreationGreaterThan { get; set; } = null!;
}

public sealed class DateAfterModificationArgs : ResourceArgs
{
    public Input<double>? DaysAfterModificationGreaterThan { get; set; }
}

public sealed class DeleteRetentionPolicyArgs : ResourceArgs
{
    public Input<int>? Days { get; set; }

    public Input<bool>? Enabled { get; set; }
}

public sealed class ManagementPolicyActionArgs : ResourceArgs
{
    public Input<ManagementPolicyBaseBlobArgs>? BaseBlob { get; set; }

    public Input<ManagementPolicyVersionArgs>? Version { get; set; }
}

public sealed class ManagementPolicyBaseBlobArgs : ResourceArgs
{
    public Input<DateAfterModificationArgs>? Delete { get; set; }

    public Input<DateAfterModificationArgs>? TierToCool { get; set; }
}

public sealed class ManagementPolicyDefinitionArgs : ResourceArgs
{
    [Input("actions", required: true)]
    public Input<ManagementPolicyActionArgs> Actions { get; set; } = null!;

    public Input<ManagementPolicyFilterArgs>? Filters { get; set; }
}

public sealed class ManagementPolicyFilterArgs : ResourceArgs
{
    public InputList<string> BlobTypes { get; set; } = new();

    public InputList<string> PrefixMatch { get; set; } = new();
}

public sealed class ManagementPolicyRuleArgs : ResourceArgs
{
    [Input("definition", required: true)]
    public Input<ManagementPolicyDefinitionArgs> Definition { get; set; } = null!;

    public Input<bool>? Enabled { get; set; }

    [Input("name", required: true)]
    public Input<string> Name { get; set; } = null!;

    [Input("type", required: true)]
    public InputUnion<string, RuleType> Type { get; set; } = null!;
}

public sealed class ManagementPolicySchemaArgs : ResourceArgs
{
    public InputList<ManagementPolicyRuleArgs> Rules { get; set; } = new();
}

public sealed class ManagementPolicyVersionArgs : ResourceArgs
{
    public Input<DateAfterCreationArgs>? Delete { get; set; }
}

public sealed class NetworkRuleSetArgs : ResourceArgs
{
    public InputUnion<string, Bypass>? Bypass { get; set; }

    [Input("defaultAction", required: true)]
    public Input<DefaultAction> DefaultAction { get; set; } = null!;
}

public sealed class SkuArgs : ResourceArgs
{
    [Input("name", required: true)]
    public InputUnion<string, SkuName> Name { get; set; } = null!;
}
