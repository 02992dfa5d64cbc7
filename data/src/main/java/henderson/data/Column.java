package henderson.data;

/** A column of a table; sealed, since every user of one must handle both kinds. */
sealed interface Column permits NumericColumn, CategoricalColumn {
    int size();

    boolean missing(int row);

    ColumnInfo info(String name);
}
