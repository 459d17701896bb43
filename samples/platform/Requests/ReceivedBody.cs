using Donmai.FakePlatform.Workers;

namespace Donmai.FakePlatform.Requests;

/// <summary>A request that was read to its end, and who sent it.</summary>
internal sealed record ReceivedBody(byte[] Bytes, Credential Credential);
