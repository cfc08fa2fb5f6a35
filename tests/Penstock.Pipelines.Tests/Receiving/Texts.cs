using System.Text;
using Penstock.Pipelines.Receiving;

namespace Penstock.Pipelines.Tests.Receiving;

internal static class Texts
{
    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    public static string[] Json(IEnumerable<ReadOnlyMemory<byte>> records) => [.. records.Select(record => Encoding.UTF8.GetString(record.Span))];

    public static string[] Json(EventReading reading) => Json(Assert.IsType<EventsRead>(reading).Records);

    public static EventsUnreadable Unreadable(EventReading reading) => Assert.IsType<EventsUnreadable>(reading);
}
