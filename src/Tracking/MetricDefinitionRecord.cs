namespace AeVae.Tracking;

/// <summary>What a metric means; the same in every split and run.</summary>
/// <param name="Name">Its name in <see cref="MetricRecord"/>.</param>
/// <param name="Unit">Such as <c>nats per image</c>.</param>
/// <param name="Reduction">Such as <c>sum over pixels, mean over images</c>.</param>
/// <param name="Goal"><c>lower</c>, <c>higher</c> or <c>none</c>: which value is the best.</param>
/// <param name="Description">One sentence for a reader of the report.</param>
public sealed record MetricDefinitionRecord(string Name, string Unit, string Reduction, string Goal, string Description);
