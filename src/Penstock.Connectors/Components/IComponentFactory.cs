namespace Penstock.Connectors.Components;

/// <summary>Makes a component of your own each time a stream is built with it.</summary>
/// <typeparam name="TComponent">What it takes the place of: one of the interfaces of <see cref="ComponentKinds"/>.</typeparam>
public interface IComponentFactory<out TComponent>
    where TComponent : class
{
    /// <summary>Makes the component. What it throws is told as the manifest's problem; other streams run.</summary>
    /// <param name="parts">What the manifest says of it, and what it may use.</param>
    TComponent Create(ComponentParts parts);
}
