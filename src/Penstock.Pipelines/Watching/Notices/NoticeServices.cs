using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Penstock.Pipelines.Watching.Notices;

/// <summary>Registers what tells people of alerts. It comes after the monitors.</summary>
internal static class NoticeServices
{
    public static IServiceCollection AddNotices(this IServiceCollection services)
    {
        services.TryAddSingleton<INoticeChannel, HttpNoticeChannel>();
        return services.AddSingleton<IMonitor, NoticeSender>();
    }
}
