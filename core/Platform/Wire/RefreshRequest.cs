namespace Donmai.Core.Platform.Wire;

/// <summary>Body of a refresh: none of its own, <c>{}</c> (platform-api.md §5.1).</summary>
internal sealed record RefreshRequest;
