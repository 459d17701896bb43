using System.Globalization;
using Donmai.Sessions;
using Microsoft.AspNetCore.Http;

namespace Donmai.Silo.Gateway.Sessions;

/// <summary>Which part of a session's log a client wants: <c>?follow=true&amp;tail=100</c>.</summary>
internal static class LogQuery
{
    /// <summary>Reads it.</summary>
    /// <exception cref="InvalidLogQueryException">A value is not usable.</exception>
    public static SessionLogRequest Of(HttpRequest request) => new()
    {
        Follow = (string?)request.Query["follow"] switch
        {
            null or "" or "false" => false,
            "true" => true,
            var other => throw new InvalidLogQueryException($"follow must be true or false: \"{other}\""),
        },
        Tail = (string?)request.Query["tail"] switch
        {
            null or "" => null,
            var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var lines) => lines,
            var other => throw new InvalidLogQueryException($"tail must be a number of lines, from 0: \"{other}\""),
        },
    };
}
