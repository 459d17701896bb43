namespace Donmai.FakePlatform.Workers;

/// <summary>One entry of a machine's allowlist.</summary>
public sealed record ProjectEntry(string Id, string Repository);
