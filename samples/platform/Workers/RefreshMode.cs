namespace Donmai.FakePlatform.Workers;

/// <summary>How the refresh call is answered.</summary>
public enum RefreshMode
{
    /// <summary>It works.</summary>
    Ok,

    /// <summary>It is not deployed: 404.</summary>
    Missing,

    /// <summary>It is broken: 503.</summary>
    Broken,
}
