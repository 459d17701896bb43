using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Donmai.Core.Routing;

/// <summary>
/// The source of randomness of <c>routing.seed</c>: one for each session, so that a choice can be made again whatever was chosen before it and
/// however often the daemon was started since.
/// </summary>
public static class RoutingSeed
{
    /// <summary>The source for one session.</summary>
    public static Random For(int seed, string sessionId)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{seed}:{sessionId}")));
        return new Random(BinaryPrimitives.ReadInt32LittleEndian(hash));
    }
}
