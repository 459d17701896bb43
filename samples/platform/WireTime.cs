using System.Globalization;

namespace Donmai.FakePlatform;

/// <summary>Times as the protocol writes them.</summary>
internal static class WireTime
{
    public static string Of(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
