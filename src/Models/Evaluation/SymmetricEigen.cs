namespace AeVae.Models.Evaluation;

/// <summary>All eigenvalues and eigenvectors of a small symmetric matrix, by cyclic Jacobi rotations (Golub and Van Loan, 8.5).</summary>
static class SymmetricEigen
{
    const int MaxSweeps = 60;
    const double Tolerance = 1e-15;

    /// <param name="matrix">Symmetric; left as it is.</param>
    /// <returns>Eigenvalues descending, and the unit eigenvector of each as a row.</returns>
    public static (double[] Values, double[][] Vectors) Solve(double[][] matrix)
    {
        int size = matrix.Length;
        double[][] a = [.. matrix.Select(row => (double[])row.Clone())];
        double[][] vectors = new double[size][];
        for (int i = 0; i < size; i++)
        {
            vectors[i] = new double[size];
            vectors[i][i] = 1;
        }

        int sweeps = 0;
        while (Sweep(a, vectors) && sweeps < MaxSweeps) sweeps++;

        int[] order = [.. Enumerable.Range(0, size).OrderByDescending(i => a[i][i])];
        return ([.. order.Select(i => a[i][i])], [.. order.Select(i => vectors[i])]);
    }

    /// <summary>Rotates every pair once; false when no pair needed it.</summary>
    static bool Sweep(double[][] a, double[][] vectors)
    {
        bool rotated = false;
        for (int p = 0; p < a.Length; p++)
        {
            for (int q = p + 1; q < a.Length; q++)
            {
                if (Math.Abs(a[p][q]) <= Tolerance * Math.Sqrt(Math.Abs(a[p][p] * a[q][q])) || a[p][q] == 0) continue;
                rotated = true;
                double theta = (a[q][q] - a[p][p]) / (2 * a[p][q]);
                double t = (theta >= 0 ? 1 : -1) / (Math.Abs(theta) + Math.Sqrt(theta * theta + 1));
                double cosine = 1 / Math.Sqrt(t * t + 1), sine = t * cosine;
                Rotate(a, vectors, p, q, cosine, sine);
            }
        }

        return rotated;
    }

    static void Rotate(double[][] a, double[][] vectors, int p, int q, double cosine, double sine)
    {
        for (int k = 0; k < a.Length; k++) (a[k][p], a[k][q]) = (cosine * a[k][p] - sine * a[k][q], sine * a[k][p] + cosine * a[k][q]);
        Mix(a[p], a[q], cosine, sine);
        Mix(vectors[p], vectors[q], cosine, sine);
        a[p][q] = a[q][p] = 0;
    }

    static void Mix(double[] first, double[] second, double cosine, double sine)
    {
        for (int k = 0; k < first.Length; k++) (first[k], second[k]) = (cosine * first[k] - sine * second[k], sine * first[k] + cosine * second[k]);
    }
}
