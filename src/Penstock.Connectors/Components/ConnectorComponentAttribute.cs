using System.Reflection;
using System.Runtime.ExceptionServices;

namespace Penstock.Connectors.Components;

/// <summary>
/// Marks a class as the component that manifests name. It has a constructor that takes <see cref="ComponentParts"/>, or none
/// that takes anything, and implements one of the interfaces of <see cref="ComponentKinds"/>.
/// </summary>
/// <param name="className">The manifest's <c>class_name</c>.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class ConnectorComponentAttribute(string className) : Attribute
{
    /// <summary>The manifest's <c>class_name</c>.</summary>
    public string ClassName { get; } = className;

    /// <summary>The pipeline whose connector it is for; null for all.</summary>
    public string? Pipeline { get; init; }

    /// <summary>The marked components of an assembly.</summary>
    /// <param name="assembly">The assembly; its code runs with all rights of this process.</param>
    /// <exception cref="ArgumentException">A marked class is no component.</exception>
    public static IReadOnlyList<ComponentRegistration> FindIn(Assembly assembly)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        return
        [
            .. from type in assembly.GetTypes()
               from mark in type.GetCustomAttributes<ConnectorComponentAttribute>()
               select new ComponentRegistration(mark.ClassName, KindOf(type), parts => Create(type, parts), mark.Pipeline),
        ];
    }

    private static Type KindOf(Type type) => ComponentKinds.Interfaces.FirstOrDefault(kind => kind.IsAssignableFrom(type))
        ?? throw new ArgumentException($"{type.FullName} is marked as a connector component, but implements none of {ComponentKinds.InterfaceNames}.", nameof(type));

    private static object Create(Type type, ComponentParts parts)
    {
        try
        {
            return type.GetConstructor([typeof(ComponentParts)]) is { } constructor ? constructor.Invoke([parts]) : Activator.CreateInstance(type)!;
        }
        catch (TargetInvocationException wrapped) when (wrapped.InnerException is { } inner)
        {
            ExceptionDispatchInfo.Throw(inner);
            throw;
        }
    }
}
