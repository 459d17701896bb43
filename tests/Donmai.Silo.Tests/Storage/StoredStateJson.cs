using System.Text.Json.Serialization;

namespace Donmai.Silo.Tests.Storage;

[JsonSerializable(typeof(StoredState))]
internal sealed partial class StoredStateJson : JsonSerializerContext;
