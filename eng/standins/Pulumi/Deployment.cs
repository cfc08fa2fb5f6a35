using System.Collections.Immutable;
using System.Reflection;
using Pulumi.Serialization;
using Pulumi.Testing;

namespace Pulumi;

public sealed class RunException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>Runs a program against mocks. There is no engine behind it.</summary>
public sealed class Deployment
{
    private static readonly AsyncLocal<Deployment?> Current = new();
    private readonly IMocks _mocks;
    private readonly List<Task> _pending = [];
    private readonly List<Resource> _resources = [];

    private Deployment(IMocks mocks, TestOptions options)
    {
        _mocks = mocks;
        ProjectName = options.ProjectName ?? "project";
        StackName = options.StackName ?? "stack";
        IsDryRun = options.IsPreview ?? true;
    }

    public static Deployment Instance => Current.Value ?? throw new InvalidOperationException("Resources are made inside Deployment.TestAsync.");

    public string ProjectName { get; }

    public string StackName { get; }

    public bool IsDryRun { get; }

    public static Task<int> RunAsync(Func<Task<IDictionary<string, object?>>> func)
    {
        Console.Error.WriteLine("This program is built against stand-ins for Pulumi: it can be built and tested, not deployed. Build it where the package registry has Pulumi.");
        return Task.FromResult(1);
    }

    public static async Task<(ImmutableArray<Resource> Resources, IDictionary<string, object?> Outputs)> TestAsync(
        IMocks testMocks, TestOptions testOptions, Func<Task<IDictionary<string, object?>>> createResources)
    {
        var deployment = new Deployment(testMocks, testOptions);
        Current.Value = deployment;
        try
        {
            IDictionary<string, object?> outputs = await createResources();
            for (int i = 0; i < deployment._pending.Count; i++)
                await deployment._pending[i];
            foreach (object? output in outputs.Values)
                await Serializer.ToValueAsync(output);
            return ([.. deployment._resources], outputs);
        }
        catch (Exception e) when (e is not RunException)
        {
            throw new RunException($"Running program failed with an unhandled exception: {e.Message}", e);
        }
        finally
        {
            Current.Value = null;
        }
    }

    public Output<T> Invoke<T>(string token, InvokeArgs args, InvokeOptions? options = null) => new(InvokeAsync<T>(token, args));

    internal void Register(Resource resource, bool custom, ResourceArgs args, ResourceOptions? options)
    {
        var outputs = new ResourceOutputs(resource);
        lock (_resources)
        {
            _resources.Add(resource);
            _pending.Add(RegisterAsync(resource, custom, args, options, outputs));
        }
    }

    private async Task RegisterAsync(Resource resource, bool custom, ResourceArgs args, ResourceOptions? options, ResourceOutputs outputs)
    {
        try
        {
            await Task.Yield();
            if (options is not null)
                await options.DependsOn.Value.Value;
            ImmutableDictionary<string, object> inputs = await Serializer.ToDictionaryAsync(args);
            (string? id, object state) = await _mocks.NewResourceAsync(
                new() { Type = resource.GetResourceType(), Name = resource.GetResourceName(), Inputs = inputs, Id = "", Provider = "" });
            outputs.Fill(custom ? id : null, (IDictionary<string, object>)state);
        }
        catch (Exception e)
        {
            outputs.Fail(e);
            throw;
        }
    }

    private async Task<T> InvokeAsync<T>(string token, InvokeArgs args)
    {
        object result = await _mocks.CallAsync(new() { Token = token, Args = await Serializer.ToDictionaryAsync(args), Provider = "" });
        return (T)Deserializer.ToType(result, typeof(T))!;
    }
}
