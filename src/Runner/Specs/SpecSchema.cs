namespace AeVae.Runner.Specs;

/// <summary>What is generated from the format for editors and readers.</summary>
internal static class SpecSchema
{
    /// <summary>JSON Schema, draft 7: experiments/experiment.schema.json.</summary>
    public static string Json() => throw new NotImplementedException();

    /// <summary>Every key as a Markdown table: experiments/README.md.</summary>
    public static string KeyTable() => throw new NotImplementedException();
}
