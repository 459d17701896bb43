namespace Refit;

/// <summary>Places of a request that an argument can fill.</summary>
internal enum RestPlace
{
    None,
    Path,
    Query,
    Header,
    Body,
}
