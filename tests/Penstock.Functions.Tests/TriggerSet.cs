using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Penstock.Functions.Triggers;

namespace Penstock.Functions.Tests;

/// <summary>Every function of the app, with its trigger, as the attributes say it.</summary>
internal static class TriggerSet
{
    public static IReadOnlyList<MethodInfo> Functions { get; } =
        [.. from type in typeof(WorkTriggers).Assembly.GetTypes()
            from method in type.GetMethods()
            where method.GetCustomAttribute<FunctionAttribute>() is not null
            orderby NameOf(method)
            select method];

    public static string NameOf(MethodInfo method) => method.GetCustomAttribute<FunctionAttribute>()!.Name;

    public static T? Find<T>(MethodInfo method)
        where T : Attribute => method.GetParameters().Select(parameter => parameter.GetCustomAttribute<T>()).FirstOrDefault(found => found is not null);

    public static string Describe(MethodInfo method)
    {
        string trigger = Find<TimerTriggerAttribute>(method) is { } timer ? $"timer {timer.Schedule}"
            : Find<QueueTriggerAttribute>(method) is { } queue ? $"queue {queue.QueueName} of {queue.Connection}"
            : Find<EventHubTriggerAttribute>(method) is { } hub ? $"event hub {hub.EventHubName} of {hub.Connection}, group {hub.ConsumerGroup}, {(hub.IsBatched ? "batched" : "single")}"
            : Find<HttpTriggerAttribute>(method) is { } http ? $"http {string.Join(',', http.Methods!)} /{http.Route} ({http.AuthLevel})"
            : "nothing";
        string retry = method.GetCustomAttribute<ExponentialBackoffRetryAttribute>() is { } backoff
            ? $", retried {(backoff.MaxRetryCount < 0 ? "for ever" : $"{backoff.MaxRetryCount} times")} after {backoff.MinimumInterval} to {backoff.MaximumInterval}"
            : "";
        return $"{NameOf(method)}: {trigger}{retry}";
    }
}
