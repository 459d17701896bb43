namespace Donmai.Silo.Gateway.Sessions;

/// <summary>A client asks for events after something that is no event number: 400.</summary>
/// <param name="position">What it said.</param>
internal sealed class InvalidEventPositionException(string position)
    : Exception($"after must be the number of an event, from 0: \"{position}\"");
