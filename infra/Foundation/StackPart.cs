using Pulumi;

namespace Penstock.Infra.Foundation;

/// <summary>A part of the stack.</summary>
internal abstract class StackPart(string type, string name)
    : ComponentResource($"penstock:infra:{type}", name)
{
    /// <summary>The options of a resource of this part.</summary>
    protected CustomResourceOptions Inside(params Resource[] after) => new() { Parent = this, DependsOn = after };

    /// <summary>The options of a resource that holds data: Pulumi refuses to delete it while the settings protect it.</summary>
    protected CustomResourceOptions Holding(Surroundings around) => new() { Parent = this, Protect = around.Settings.Protect };
}
