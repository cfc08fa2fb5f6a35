namespace Penstock.Connectors.Expressions.Attributes;

/// <summary>Python's internal attributes. Every object has them, and the sandbox gives none of them away.</summary>
internal static class Dunders
{
    private static readonly HashSet<string> OfAllObjects = new(StringComparer.Ordinal)
    {
        "__class__", "__delattr__", "__dir__", "__doc__", "__eq__", "__format__", "__ge__", "__getattribute__", "__getstate__",
        "__gt__", "__hash__", "__init__", "__init_subclass__", "__le__", "__lt__", "__ne__", "__new__", "__reduce__",
        "__reduce_ex__", "__repr__", "__setattr__", "__sizeof__", "__str__", "__subclasshook__",
    };

    public static bool Exist(string name) => Looks(name) && OfAllObjects.Contains(name);

    public static bool Looks(string name) =>
        name.StartsWith("__", StringComparison.Ordinal) && name.EndsWith("__", StringComparison.Ordinal);
}
