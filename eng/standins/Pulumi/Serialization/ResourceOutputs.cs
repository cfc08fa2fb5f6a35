using System.Reflection;

namespace Pulumi.Serialization;

/// <summary>The outputs of one resource, which are there at once and have their values later.</summary>
internal sealed class ResourceOutputs
{
    private readonly List<(string Name, Type Type, object Source)> _outputs = [];

    public ResourceOutputs(Resource resource)
    {
        for (Type? type = resource.GetType(); type != typeof(Resource); type = type.BaseType!)
        {
            foreach (PropertyInfo property in type.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly))
            {
                if (property.GetCustomAttribute<OutputAttribute>() is not { } output || !property.PropertyType.IsGenericType)
                    continue;
                Type of = property.PropertyType.GetGenericArguments()[0];
                object source = Activator.CreateInstance(typeof(Source<>).MakeGenericType(of))!;
                property.SetValue(resource, ((ISource)source).Output);
                _outputs.Add((output.Name ?? property.Name, of, source));
            }
        }
    }

    private interface ISource
    {
        object Output { get; }

        void Set(object? value);

        void Fail(Exception reason);
    }

    public void Fill(string? id, IDictionary<string, object> state)
    {
        foreach ((string name, Type type, object source) in _outputs)
            ((ISource)source).Set(name == "id" ? id : Deserializer.ToType(state.TryGetValue(name, out object? value) ? value : null, type));
    }

    public void Fail(Exception reason)
    {
        foreach (var output in _outputs)
            ((ISource)output.Source).Fail(reason);
    }

    private sealed class Source<T> : ISource
    {
        private readonly TaskCompletionSource<T> _source = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public object Output => new Output<T>(_source.Task);

        public void Set(object? value) => _source.SetResult((T)value!);

        public void Fail(Exception reason)
        {
            _source.TrySetException(reason);
            // Seen by the resource's own registration; an output that nobody awaits isn't a second failure.
            _ = _source.Task.Exception;
        }
    }
}
