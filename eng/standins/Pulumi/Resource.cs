namespace Pulumi;

public abstract class InputArgs;

public abstract class ResourceArgs : InputArgs
{
    public static ResourceArgs Empty { get; } = new NoArgs();

    private sealed class NoArgs : ResourceArgs;
}

public abstract class InvokeArgs : InputArgs
{
    public static InvokeArgs Empty { get; } = new NoArgs();

    private sealed class NoArgs : InvokeArgs;
}

public abstract class ResourceOptions
{
    public Resource? Parent { get; set; }

    public InputList<Resource> DependsOn { get; set; } = new();

    public bool? Protect { get; set; }

    public bool? RetainOnDelete { get; set; }

    public List<string> IgnoreChanges { get; set; } = [];
}

public sealed class CustomResourceOptions : ResourceOptions
{
    public bool? DeleteBeforeReplace { get; set; }

    public CustomTimeouts? CustomTimeouts { get; set; }
}

public sealed class ComponentResourceOptions : ResourceOptions;

public sealed class CustomTimeouts
{
    public TimeSpan? Create { get; set; }
}

public class InvokeOptions;

public abstract class Resource
{
    private readonly string _type;
    private readonly string _name;

    private protected Resource(string type, string name, bool custom, ResourceArgs args, ResourceOptions? options)
    {
        _type = type;
        _name = name;
        Urn = Output.Create($"urn:pulumi:{Deployment.Instance.StackName}::{Deployment.Instance.ProjectName}::{type}::{name}");
        Deployment.Instance.Register(this, custom, args, options);
    }

    public Output<string> Urn { get; }

    public string GetResourceType() => _type;

    public string GetResourceName() => _name;
}

public class CustomResource : Resource
{
    public CustomResource(string type, string name, ResourceArgs? args, CustomResourceOptions? options = null)
        : base(type, name, custom: true, args ?? ResourceArgs.Empty, options)
    {
    }

    [Output("id")]
    public Output<string> Id { get; private set; } = null!;
}

public class ComponentResource : Resource
{
    public ComponentResource(string type, string name, ComponentResourceOptions? options = null)
        : this(type, name, null, options)
    {
    }

    public ComponentResource(string type, string name, ResourceArgs? args, ComponentResourceOptions? options = null, bool remote = false)
        : base(type, name, custom: false, args ?? ResourceArgs.Empty, options)
    {
        if (remote)
            throw new ArgumentException("A stand-in has no remote components.", nameof(remote));
    }

    protected void RegisterOutputs()
    {
    }
}
