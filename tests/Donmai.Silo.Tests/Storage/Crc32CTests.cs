using System.Text;
using Donmai.Silo.Storage;

namespace Donmai.Silo.Tests.Storage;

public sealed class Crc32CTests
{
    /// <summary>The check value of the CRC catalogue, and vectors of RFC 3720 appendix B.4.</summary>
    [Fact]
    public void Checksums_are_those_of_the_published_vectors()
    {
        Crc32C.Of(Encoding.ASCII.GetBytes("123456789")).ShouldBe(0xE3069283);
        Crc32C.Of(new byte[32]).ShouldBe(0x8A9136AAu);
        Crc32C.Of([.. Enumerable.Repeat((byte)0xFF, 32)]).ShouldBe(0x62A8AB43u);
        Crc32C.Of([.. Enumerable.Range(0, 32).Select(number => (byte)number)]).ShouldBe(0x46DD794Eu);
        Crc32C.Of([]).ShouldBe(0u);
    }
}
